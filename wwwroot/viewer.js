// Zoom and movement of Controls/PictureViewer.razor. A picture of 1 fits the stage; it grows up to 16 times, around the pointer.
const most = 16;

export const close = dialog => dialog.close();

export const show = dialog => {
  if (dialog.open) {
    return;
  }

  dialog.showModal();
  const end = new AbortController();
  const on = (target, name, listener, passive = false) => target.addEventListener(name, listener, { signal: end.signal, passive });
  on(dialog, "close", () => end.abort());

  const stage = dialog.querySelector("[data-stage]");
  stage.focus();
  const image = () => stage.querySelector("img");
  const fingers = new Map();
  let view = { scale: 1, x: 0, y: 0 };
  let spread = 0;
  let swipe = 0;

  const apply = () => {
    const room = { x: stage.clientWidth * (view.scale - 1) / 2, y: stage.clientHeight * (view.scale - 1) / 2 };
    view.x = Math.max(-room.x, Math.min(room.x, view.x));
    view.y = Math.max(-room.y, Math.min(room.y, view.y));
    image().style.transform = view.scale === 1 ? "" : `translate(${view.x}px, ${view.y}px) scale(${view.scale})`;
    stage.toggleAttribute("data-zoomed", view.scale > 1);
    dialog.querySelector("[data-zoom]").textContent = view.scale === 1 ? "" : `${Math.round(view.scale * 100)} %`;
  };

  // The point under the pointer stays there. From the middle of the stage.
  const zoom = (factor, x = 0, y = 0) => {
    const scale = Math.max(1, Math.min(most, view.scale * factor));
    const real = scale / view.scale;
    view = { scale, x: x - (x - view.x) * real, y: y - (y - view.y) * real };
    apply();
  };
  const fit = () => {
    view = { scale: 1, x: 0, y: 0 };
    apply();
  };
  const fromMiddle = event => {
    const box = stage.getBoundingClientRect();
    return [event.clientX - box.left - box.width / 2, event.clientY - box.top - box.height / 2];
  };
  const press = name => dialog.querySelector(`[data-viewer="${name}"]:not(:disabled)`)?.click();

  on(stage, "wheel", event => {
    event.preventDefault();
    zoom(Math.exp(-event.deltaY / (event.ctrlKey ? 120 : 480)), ...fromMiddle(event));
  });
  on(stage, "dblclick", event => view.scale > 1 ? fit() : zoom(2.5, ...fromMiddle(event)));

  on(stage, "pointerdown", event => {
    stage.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, event);
    spread = 0;
    swipe = 0;
  });
  on(stage, "pointermove", event => {
    const before = fingers.get(event.pointerId);
    if (!before) {
      return;
    }

    fingers.set(event.pointerId, event);
    if (fingers.size === 2) {
      const [a, b] = [...fingers.values()];
      const now = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
      const [ax, ay] = fromMiddle(a);
      const [bx, by] = fromMiddle(b);
      if (spread > 0) {
        zoom(now / spread, (ax + bx) / 2, (ay + by) / 2);
      }

      spread = now;
    } else if (view.scale > 1) {
      view.x += event.clientX - before.clientX;
      view.y += event.clientY - before.clientY;
      apply();
    } else {
      swipe += event.clientX - before.clientX;
    }
  });
  const lift = event => {
    fingers.delete(event.pointerId);
    if (fingers.size === 0 && view.scale === 1 && Math.abs(swipe) > 60 && event.type === "pointerup") {
      press(swipe > 0 ? "previous" : "next");
    }
  };
  on(stage, "pointerup", lift);
  on(stage, "pointercancel", lift);

  const keys = {
    "+": () => zoom(1.5), "=": () => zoom(1.5), "-": () => zoom(1 / 1.5), "0": fit, PageUp: () => press("previous"), PageDown: () => press("next"),
    f: () => document.fullscreenElement ? document.exitFullscreen() : dialog.requestFullscreen(),
  };
  const turns = { ArrowLeft: ["previous", 1, 0], ArrowRight: ["next", -1, 0], ArrowUp: [null, 0, 1], ArrowDown: [null, 0, -1] };
  on(dialog, "keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }

    const turn = turns[event.key];
    if (turn && view.scale > 1) {
      view.x += turn[1] * 80;
      view.y += turn[2] * 80;
      apply();
    } else if (turn) {
      press(turn[0]);
    } else if (keys[event.key]) {
      keys[event.key]();
    } else {
      return;
    }

    event.preventDefault();
  });
  on(dialog, "click", event => ({ in: () => zoom(1.5), out: () => zoom(1 / 1.5), fit, close: () => dialog.close() })[event.target.closest("[data-viewer]")?.dataset.viewer]?.());

  // Another picture begins whole.
  const turned = new MutationObserver(fit);
  turned.observe(image(), { attributes: true, attributeFilter: ["src"] });
  on(dialog, "close", () => turned.disconnect());
};
