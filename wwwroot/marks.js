// Marks behind a prompt the words that name a picture: a layer with the same words in the same type, kept under the field as it is typed into and scrolled.
const pause = 700;
const known = new WeakMap();

const pieces = (text, pattern) => {
  const ordinals = pattern.match(/\w+(?:\|\w+){4}/)[0].split("|");
  const found = [...text.matchAll(new RegExp(pattern, "gi"))];
  return found.map(match => ({ at: match.index, words: match[0], number: Number(match[1] ?? ordinals.indexOf(match[2].toLowerCase()) + 1) }));
};

const lay = (layer, field) => {
  const parts = [];
  let at = 0;
  for (const named of pieces(field.value, layer.dataset.marks)) {
    const mark = Object.assign(document.createElement("mark"), { textContent: named.words });
    mark.classList.toggle("miss", named.number > Number(layer.dataset.pictures));
    parts.push(field.value.slice(at, named.at), mark);
    at = named.at + named.words.length;
  }

  // A last line that is empty has its height only with something in it.
  layer.replaceChildren(...parts, `${field.value.slice(at)}\u200b`);
  // What the field's scroll bar takes of its width.
  layer.style.setProperty("--bar", `${field.offsetWidth - field.clientWidth}px`);
  layer.scrollTop = field.scrollTop;
};

// The server hears of what is typed when the field is left. Empty slots and hints that follow the words need it when somebody pauses.
const commit = field => field.dispatchEvent(new Event("change", { bubbles: true }));

export function draw(layer, field) {
  if (!layer || !field) {
    return;
  }

  if (!known.has(field)) {
    known.set(field, true);
    let timer = 0;
    field.addEventListener("input", event => {
      lay(layer, field);
      clearTimeout(timer);
      timer = event.isComposing ? 0 : setTimeout(() => field.isConnected && commit(field), pause);
    });
    field.addEventListener("scroll", () => layer.scrollTop = field.scrollTop);
  }

  lay(layer, field);
}
