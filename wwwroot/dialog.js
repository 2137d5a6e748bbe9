// What a dialog needs of the browser; Controls/Dialog.razor calls it.
export const show = dialog => {
  if (dialog.open) {
    return;
  }

  dialog.showModal();
  // The first field, else the first button: what the dialog is about, not its edge.
  dialog.querySelector("[autofocus], input, textarea, select, button")?.focus();
  dialog.onclick = event => {
    const box = dialog.getBoundingClientRect();
    const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (event.target === dialog && !inside) {
      dialog.close();
    }
  };
};

export const close = dialog => dialog.close();
