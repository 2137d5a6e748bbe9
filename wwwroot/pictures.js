// What the pictures on a page need at once, without a way to the server and back.
(() => {
  // The line between before and after follows the range that lies over both; while B is held, the first is there alone.
  const divide = (range, percent) => range.parentElement.style.setProperty("--pos", `${percent}%`);
  document.addEventListener("input", event => {
    if (event.target.matches?.("[data-divider]")) {
      divide(event.target, event.target.value);
      const first = event.target.parentElement.querySelector(".badge").textContent.toLowerCase();
      event.target.setAttribute("aria-valuetext", `${event.target.value} percent ${first}`);
    }
  });
  const hold = shows => event => {
    if (event.key.toLowerCase() === "b" && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.matches?.("input:not([type=range]), textarea, select")) {
      document.querySelectorAll("[data-divider]").forEach(range => divide(range, shows ? 100 : range.value));
    }
  };
  document.addEventListener("keydown", hold(true));
  document.addEventListener("keyup", hold(false));

  // Text to take along.
  document.addEventListener("click", event => {
    const source = event.target.closest?.("[data-copy]");
    if (source) {
      navigator.clipboard?.writeText(source.dataset.copy);
    }
  });

  // A pasted picture goes to the page's place for pictures, as if it had been chosen there.
  document.addEventListener("paste", event => {
    const files = [...(event.clipboardData?.files ?? [])].filter(file => file.type.startsWith("image/"));
    const place = document.querySelector("input[type=file][data-paste]:not(:disabled)");
    if (files.length === 0 || place === null) {
      return;
    }

    const given = new DataTransfer();
    files.slice(0, place.multiple ? files.length : 1).forEach(file => given.items.add(file));
    place.files = given.files;
    place.dispatchEvent(new Event("change", { bubbles: true }));
    event.preventDefault();
  });
})();
