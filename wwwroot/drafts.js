// What was written and not started yet: kept by this browser tab at every key, so that no reload and no lost connection takes it.
(() => {
  const key = name => `omnigen2-draft-${name}`;
  const fieldOf = name => document.querySelector(`[data-draft="${name}"]`);
  const store = (name, text) => text ? sessionStorage.setItem(key(name), text) : sessionStorage.removeItem(key(name));

  // What the server knows may be behind what is being typed: where the field is on the page, its own text is the newest.
  const keep = (name, text) => store(name, fieldOf(name)?.value ?? text);
  document.addEventListener("input", event => {
    const name = event.target.dataset?.draft;
    if (name) {
      store(name, event.target.value);
    }
  });

  // Into the field, unless somebody writes there already. Where the field is not on the page, the server gets the text and shows it.
  const restore = name => {
    const [text, field] = [sessionStorage.getItem(key(name)), fieldOf(name)];
    if (text && field?.value === "") {
      field.value = text;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }

    return field === null ? text : null;
  };
  window.drafts = { keep, restore };
})();
