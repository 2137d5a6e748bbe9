// The keys of the studio. Which there are and what they do stands in Components/Keys/StudioKeys.cs and comes with the page: this only obeys.
(() => {
  const table = JSON.parse(document.body.dataset.keys);
  let before = "";

  const find = names => names.map(name => document.querySelector(`[data-key="${name}"]`)).find(element => element !== null);

  // A field is gone to, everything else is clicked.
  const press = names => {
    const element = find(names);
    if (element?.matches("input:not([type=file]), textarea")) {
      element.focus();
    } else {
      element?.click();
    }

    return element !== undefined;
  };

  // A text field tells the server its text on change only; a key that uses the text must not arrive before it.
  const commit = field => {
    if (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) {
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  };

  // An open dialog, menu or full screen has the keys for itself.
  const covered = () => document.querySelector("dialog[open], [popover]:popover-open") !== null;
  const writes = field => field.matches?.("input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable]");

  // Every address begins at the studio's, so that a mere "#main" would lead away to Create.
  document.addEventListener("click", event => {
    if (event.target.closest?.(".skip")) {
      event.preventDefault();
      document.querySelector("main")?.focus();
    }
  }, true);

  // "Ctrl+Enter", "Alt+1", "?": Shift counts only where it does not make another sign.
  const nameOf = event => {
    const digit = event.altKey && /^Digit\d$/.test(event.code);
    const key = digit ? event.code.at(-1) : event.key.length === 1 ? event.key.toUpperCase() : event.key;
    const shift = event.shiftKey && (event.key.length > 1 || event.ctrlKey || event.metaKey);
    return [event.ctrlKey || event.metaKey ? "Ctrl" : "", event.altKey ? "Alt" : "", shift ? "Shift" : "", key].filter(part => part !== "").join("+");
  };

  const fits = (row, name, field) =>
    row.keys.includes(name) && (row.whileWriting || !writes(field)) && (!row.inPrompt || field.matches?.("textarea[data-prompt]"));

  const act = (row, name, field) => {
    if (typeof row.go === "string") {
      Blazor.navigateTo(row.go);
      return true;
    }

    const names = row.isEach ? [row.press[row.keys.indexOf(name)]] : row.press;
    if (find(names) === undefined) {
      return false;
    }

    if (row.whileWriting) {
      commit(field);
    }

    return press(names);
  };

  const obey = (event, name) => {
    const row = table.find(row => fits(row, name, event.target));
    if (row && act(row, name, event.target)) {
      before = "";
      event.preventDefault();
    }
  };

  const isBusy = event => event.isComposing || event.defaultPrevented || covered() || ["Control", "Alt", "Shift", "Meta"].includes(event.key);

  // The second key of two is taken before a page that knows the same letter gets it; a single one after.
  document.addEventListener("keydown", event => {
    if (!isBusy(event)) {
      const name = `${before} ${nameOf(event)}`;
      before = nameOf(event);
      obey(event, name);
    }
  }, true);

  document.addEventListener("keydown", event => {
    if (!isBusy(event)) {
      obey(event, nameOf(event));
    }
  });

  // A button may stand for one that is elsewhere on the page.
  document.addEventListener("click", event => {
    const button = event.target.closest?.("[data-press]");
    if (button) {
      press([button.dataset.press]);
    }
  });

  // A sheet keeps the focus inside while it is open.
  document.addEventListener("keydown", event => {
    const sheet = event.target.closest?.("[aria-modal=true]:not(dialog)");
    if (event.key !== "Tab" || !sheet) {
      return;
    }

    const all = [...sheet.querySelectorAll("a[href], button, input, textarea, select, summary")].filter(x => !x.disabled && x.checkVisibility());
    const [first, last] = [all[0], all.at(-1)];
    if (event.target === (event.shiftKey ? first : last)) {
      event.preventDefault();
      (event.shiftKey ? last : first).focus();
    }
  });
})();
