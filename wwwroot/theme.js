// Runs before the first paint, so that a light studio does not flash dark.
(() => {
  const key = "omnigen2-theme";
  const root = document.documentElement;
  const turn = theme => {
    root.dataset.theme = theme;
    // The bar of an installed studio, or of a phone's browser, goes along.
    document.querySelector("meta[name=theme-color]")?.setAttribute("content", theme === "light" ? "#f5f5f7" : "#111214");
  };
  turn(localStorage.getItem(key) ?? "dark");
  document.addEventListener("click", event => {
    if (event.target.closest("[data-turn-theme]")) {
      turn(root.dataset.theme === "light" ? "dark" : "light");
      localStorage.setItem(key, root.dataset.theme);
    }
  });
})();
