// Menus are popovers: the browser opens and closes them, this places them at their button and moves the focus inside. Toolbars move by arrows too.
(() => {
  const gap = 6;
  const items = menu => [...menu.querySelectorAll("[role^=menuitem]:not([disabled])")];

  const place = (menu, button) => {
    const at = button.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = menu;
    const below = at.bottom + gap + height <= innerHeight || at.top < height;
    menu.style.left = `${Math.max(gap, Math.min(at.left, innerWidth - width - gap))}px`;
    menu.style.top = `${Math.max(gap, below ? Math.min(at.bottom + gap, innerHeight - height - gap) : at.top - height - gap)}px`;
  };

  document.addEventListener("toggle", event => {
    const menu = event.target;
    if (event.newState !== "open" || !menu.matches?.("[popover][role=menu]")) {
      return;
    }

    const button = document.querySelector(`[popovertarget="${menu.id}"]`);
    if (button) {
      place(menu, button);
    }

    (menu.querySelector("[aria-checked=true]") ?? items(menu)[0])?.focus();
  }, true);

  document.addEventListener("keydown", event => {
    const menu = event.target.closest?.("[popover][role=menu]");
    if (!menu || event.target.matches("input")) {
      return;
    }

    const all = items(menu);
    const now = all.indexOf(document.activeElement);
    const letter = event.key.length === 1 && !event.ctrlKey && !event.metaKey && event.key !== " ";
    const next = {
      ArrowDown: () => all[(now + 1) % all.length],
      ArrowUp: () => all[(now - 1 + all.length) % all.length],
      Home: () => all[0],
      End: () => all.at(-1),
    }[event.key] ?? (letter ? () => [...all.slice(now + 1), ...all].find(x => x.textContent.trim().toLowerCase().startsWith(event.key.toLowerCase())) : null);
    if (next) {
      event.preventDefault();
      event.stopPropagation();
      next()?.focus();
    } else if (event.key === "Tab") {
      menu.hidePopover();
    }
  }, true);

  document.addEventListener("keydown", event => {
    const bar = event.target.closest?.("[role=toolbar]");
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (bar && step && !event.target.matches("input, [role=menu] *")) {
      const all = [...bar.querySelectorAll("button, a")].filter(x => !x.disabled && x.offsetParent && !x.closest("[popover]"));
      event.preventDefault();
      all[(all.indexOf(document.activeElement) + step + all.length) % all.length]?.focus();
    }
  });

  document.addEventListener("click", event => {
    event.target.closest?.("[role^=menuitem]")?.closest("[popover]")?.hidePopover();
  });
})();
