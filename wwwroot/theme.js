// Runs before the first paint, so that a light studio does not flash dark.
(() => {
  const key = "omnigen2-theme";
  const root = document.documentElement;
  root.dataset.theme = localStorage.getItem(key) ?? "dark";
  document.addEventListener("click", event => {
    if (event.target.closest("[data-turn-theme]")) {
      root.dataset.theme = root.dataset.theme === "light" ? "dark" : "light";
      localStorage.setItem(key, root.dataset.theme);
    }
  });
})();
