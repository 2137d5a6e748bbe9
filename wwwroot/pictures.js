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

  // Text to take along. Browsers keep the clipboard to https and the machine itself; elsewhere they copy only what is selected.
  const copySelected = text => {
    const before = document.activeElement;
    const field = Object.assign(document.createElement("textarea"), { value: text });
    (document.querySelector("dialog[open]") ?? document.body).append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    before?.focus();
  };
  const copy = text => navigator.clipboard ? navigator.clipboard.writeText(text).catch(() => copySelected(text)) : copySelected(text);
  document.addEventListener("click", event => {
    const source = event.target.closest?.("[data-copy]");
    if (source) {
      copy(source.dataset.copy);
    }
  });

  // Gives pictures to the first of these places that the page has; one that is still busy, or not alive yet, gets them as soon as it listens.
  const give = (places, files) => {
    const pictures = [...(files ?? [])].filter(file => file.type.startsWith("image/"));
    const place = places.map(name => document.querySelector(`input[type=file][${name}]`)).find(input => input !== null);
    if (pictures.length === 0 || !place) {
      return false;
    }

    if (place.disabled) {
      setTimeout(() => give(places, pictures), 100);
      return true;
    }

    const given = new DataTransfer();
    pictures.slice(0, place.multiple ? pictures.length : 1).forEach(file => given.items.add(file));
    place.files = given.files;
    place.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  };

  // A pasted picture goes to the page's place for pictures, as if it had been chosen there.
  document.addEventListener("paste", event => {
    if (give(["data-paste"], event.clipboardData?.files)) {
      event.preventDefault();
    }
  });

  // A picture that is dropped beside every place for pictures goes to the page's place, or to the one that all pages have (Layout/DropAnywhere.razor).
  const root = document.documentElement;
  const beside = event => event.dataTransfer?.types.includes("Files") && !event.target.closest?.(".drop, dialog");
  const hover = shows => root.toggleAttribute("data-dropping", shows);
  document.addEventListener("dragover", event => {
    hover(beside(event));
    if (beside(event)) {
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
    }
  });

  // A picture of the page itself that is dragged: the browser must hear at once where it may be let go, what comes of it the server decides.
  let dragged = false;
  const takes = event => dragged && Boolean(event.target.closest?.("[data-drop]"));
  document.addEventListener("dragstart", event => dragged = Boolean(event.target.closest?.("[data-drag]")));
  document.addEventListener("dragend", () => dragged = false);
  for (const name of ["dragover", "drop"]) {
    document.addEventListener(name, event => takes(event) && event.preventDefault());
  }

  // A place that takes nothing just now must not let the browser open the file instead of the page.
  const shut = event => event.target.closest?.(".drop:has(:disabled)");
  for (const name of ["dragover", "drop"]) {
    document.addEventListener(name, event => {
      if (shut(event)) {
        event.preventDefault();
        event.dataTransfer.dropEffect = "none";
      }
    });
  }
  document.addEventListener("dragleave", event => event.relatedTarget === null && hover(false));
  document.addEventListener("drop", event => {
    hover(false);
    if (beside(event)) {
      event.preventDefault();
      give(["data-paste", "data-anywhere"], event.dataTransfer.files);
    }
  });
})();
