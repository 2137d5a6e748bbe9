// The gallery's grid (Pages/Gallery/PictureGrid.razor): measures how many columns and rows fit, asks for the rows near the window, and moves the focus.
const keys = ["x", "s", "f", "Delete", "0", "1", "2", "3", "4", "5"];
const buttons = { b: "board", t: "tag", c: "compare", z: "zip" };

export const size = () => localStorage.getItem("omnigen2-gallery-size") ?? "M";
export const remember = size => localStorage.setItem("omnigen2-gallery-size", size);

export const download = address => {
  const link = Object.assign(document.createElement("a"), { href: address, download: "" });
  document.body.append(link);
  link.click();
  link.remove();
};

// One for each grid that is on the page.
const grids = new WeakMap();
export const goTo = (grid, index, focus) => grids.get(grid)?.goTo(index, focus);
export const renew = (grid, fromTop) => grids.get(grid)?.renew(fromTop);
export const stop = grid => grids.get(grid)?.stop();

export const start = (grid, net) => {
  const number = name => parseFloat(getComputedStyle(grid).getPropertyValue(name)) || 0;
  let shown = { columns: 0, first: 0, last: -1 };
  let asking = false;
  let askAgain = false;
  let wanted = null;
  let touched = false;

  const measure = () => {
    const style = getComputedStyle(grid);
    const width = grid.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const gap = number("--gap");
    const columns = Math.max(1, Math.floor((width + gap) / (number("--min") + gap)));
    const row = (width - gap * (columns - 1)) / columns + gap;
    const page = Math.max(1, Math.floor(grid.clientHeight / row));
    return { columns, row, page, rows: Math.ceil(grid.dataset.count / columns), top: Math.floor(grid.scrollTop / row), bottom: Math.floor((grid.scrollTop + grid.clientHeight) / row) };
  };

  const focus = index => {
    const link = grid.querySelector(`[data-index="${index}"] .cell__open`);
    link?.focus({ preventScroll: true });
    return link !== null && link !== undefined;
  };

  // A whole window more in either direction, so that a turn of the wheel finds pictures and not skeletons.
  const ask = async () => {
    const now = measure();
    grid.style.setProperty("--row", `${now.row}px`);
    if (shown.columns && now.columns !== shown.columns) {
      // Other columns, the same pictures.
      grid.scrollTop = Math.floor(shown.top * shown.columns / now.columns) * now.row;
      shown.columns = 0;
      ask();
      return;
    }

    const inside = now.columns === shown.columns && now.top >= shown.first && Math.min(now.bottom, now.rows - 1) <= shown.last && now.top === shown.top;
    if (inside) {
      return;
    }

    if (asking) {
      askAgain = true;
      return;
    }

    asking = true;
    shown = { columns: now.columns, first: Math.max(0, now.top - now.page - 1), last: now.bottom + now.page + 1, top: now.top };
    await net.invokeMethodAsync("Show", shown.columns, shown.first, shown.last, now.top);
    grid.dataset.measured = "";
    asking = false;
    document.querySelector(".scrub [aria-current]")?.scrollIntoView({ block: "nearest" });
    if (askAgain) {
      askAgain = false;
      ask();
    }
  };

  const goTo = (index, withFocus) => {
    const { columns, row } = measure();
    const at = Math.max(0, Math.min(index, grid.dataset.count - 1));
    const top = Math.floor(at / columns) * row;
    const below = top + row - grid.clientHeight + (document.querySelector(".selbar") ? 88 : 8);
    if (withFocus ? top < grid.scrollTop : true) {
      grid.scrollTop = top;
    } else if (below > grid.scrollTop) {
      grid.scrollTop = below;
    }

    if (withFocus && !focus(at)) {
      wanted = at;
      ask();
    }
  };

  const move = (key, index) => {
    const { columns, page } = measure();
    const last = grid.dataset.count - 1;
    const to = {
      ArrowLeft: index - 1, ArrowRight: index + 1, ArrowUp: index - columns, ArrowDown: Math.floor(index / columns) === Math.floor(last / columns) ? index : Math.min(index + columns, last),
      PageUp: Math.max(index % columns, index - columns * page), PageDown: Math.min(index + columns * page, last), Home: 0, End: last,
    }[key];
    return to === undefined || to < 0 || to > last ? (to === undefined ? null : index) : to;
  };

  const onKey = async event => {
    const cell = event.target.closest("[data-index]");
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const index = Number(cell?.dataset.index);
    if (!cell || event.altKey) {
      return;
    }

    const to = event.ctrlKey || event.metaKey ? null : move(event.key, index);
    if (to !== null) {
      event.preventDefault();
      goTo(to, true);
    } else if (key === "a" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      net.invokeMethodAsync("Press", "a", index, false);
    } else if (event.ctrlKey || event.metaKey) {
      return;
    } else if (keys.includes(key)) {
      event.preventDefault();
      net.invokeMethodAsync("Press", key, index, event.shiftKey);
    } else if (buttons[key]) {
      // The bar stands there only with a selection.
      event.preventDefault();
      if (!("selecting" in grid.dataset)) {
        await net.invokeMethodAsync("Press", "x", index, false);
      }

      requestAnimationFrame(() => document.querySelector(`[data-key="${buttons[key]}"]`)?.click());
    }
  };

  const onFocus = event => {
    const cell = event.target.closest("[data-index]");
    if (cell) {
      net.invokeMethodAsync("Focused", Number(cell.dataset.index));
    }
  };

  // A finger that stays selects; so does one that taps while there is a selection. Without one it opens.
  let down = null;
  let timer = 0;
  let held = false;
  const onDown = event => {
    const cell = event.target.closest("[data-index]");
    touched = event.pointerType === "touch";
    held = false;
    clearTimeout(timer);
    if (touched && cell && event.isPrimary) {
      down = event;
      timer = setTimeout(() => {
        held = true;
        net.invokeMethodAsync("Press", "x", Number(cell.dataset.index), false);
      }, 500);
    }
  };
  const onMove = event => down && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) > 10 && clearTimeout(timer);
  const onUp = () => clearTimeout(timer);
  const onMenu = event => touched && event.preventDefault();
  const onClick = event => {
    if (held) {
      held = false;
      event.preventDefault();
    } else if (touched && "selecting" in grid.dataset && event.target.matches(".cell__open")) {
      event.preventDefault();
      net.invokeMethodAsync("Press", "x", Number(event.target.closest("[data-index]").dataset.index), false);
    }
  };

  const onDrag = event => {
    const cell = event.target.closest?.("[data-index]");
    if (touched) {
      event.preventDefault();
    } else if (cell) {
      event.dataTransfer.setData("text/x-picture-index", cell.dataset.index);
      event.dataTransfer.setData("text/uri-list", cell.querySelector("a").href);
      event.dataTransfer.effectAllowed = "copy";
    }
  };

  const board = event => event.dataTransfer?.types.includes("text/x-picture-index") ? event.target.closest?.("[data-board]") : null;
  const onOver = event => {
    document.querySelector(".list__row--over")?.classList.remove("list__row--over");
    const target = board(event);
    if (target) {
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      target.classList.add("list__row--over");
    }
  };
  const onDrop = event => {
    const target = board(event);
    document.querySelector(".list__row--over")?.classList.remove("list__row--over");
    if (target) {
      event.preventDefault();
      net.invokeMethodAsync("Press", `board:${target.dataset.board}`, Number(event.dataTransfer.getData("text/x-picture-index")), false);
    }
  };

  const end = new AbortController();
  const on = (target, name, listener, passive = false) => target.addEventListener(name, listener, { signal: end.signal, passive });
  on(grid, "scroll", ask, true);
  on(grid, "keydown", onKey);
  on(grid, "focusin", onFocus);
  on(grid, "pointerdown", onDown, true);
  on(grid, "pointermove", onMove, true);
  on(grid, "pointerup", onUp, true);
  on(grid, "pointercancel", onUp, true);
  on(grid, "contextmenu", onMenu);
  on(grid, "click", onClick);
  on(grid, "dragstart", onDrag);
  on(document, "dragover", onOver);
  on(document, "drop", onDrop);
  const resized = new ResizeObserver(ask);
  resized.observe(grid);
  const rendered = new MutationObserver(() => {
    if (wanted !== null && focus(wanted)) {
      wanted = null;
    }
  });
  rendered.observe(grid, { childList: true, subtree: true });
  ask();

  grids.set(grid, {
    goTo,
    renew: fromTop => {
      if (fromTop) {
        grid.scrollTop = 0;
      }

      shown = { columns: 0, first: 0, last: -1 };
      ask();
    },
    stop: () => {
      end.abort();
      resized.disconnect();
      rendered.disconnect();
    },
  });
  grid.dataset.ready = "";
};
