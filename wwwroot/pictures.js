// What the pictures on a page need at once, without a way to the server and back.
(() => {
  // The line between before and after follows the range that lies over both.
  document.addEventListener("input", event => {
    if (event.target.matches?.("[data-divider]")) {
      event.target.parentElement.style.setProperty("--pos", `${event.target.value}%`);
    }
  });

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
