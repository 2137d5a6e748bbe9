// Keys that must act at once or keep the browser from acting: they press the buttons that carry data-key.
(() => {
  const press = name => {
    const button = document.querySelector(`[data-key="${name}"]`);
    button?.click();
    return button !== null;
  };

  // A text field tells the server its text on change only; a key that starts the job must not arrive before it.
  const commit = field => {
    if (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) {
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  };

  // An open dialog, menu or full screen has the keys for itself.
  const covered = () => document.querySelector("dialog[open], [popover]:popover-open") !== null;
  const writes = field => field.matches?.("input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable]");

  document.addEventListener("keydown", event => {
    if (event.isComposing || covered()) {
      return;
    }

    const inPrompt = event.target.matches?.("textarea[data-prompt]");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey || (inPrompt && !event.shiftKey))) {
      commit(event.target);
      if (press("start")) {
        event.preventDefault();
      }
    } else if (event.key === "/" && !writes(event.target) && document.querySelector("[data-key=search]")) {
      event.preventDefault();
      document.querySelector("[data-key=search]").focus();
    } else if (event.key === "Escape" && !press("close")) {
      press("stop");
    } else if (event.key === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !writes(event.target) && press("undo")) {
      event.preventDefault();
    }
  });
})();
