// A click on a picture that can carry pins fills the two fields of the place; whoever does not point types them.
document.addEventListener('click', event => {
  const picture = event.target.closest('[data-pins] .pic');
  if (!picture || event.target.closest('button, a')) return;
  const box = picture.getBoundingClientRect();
  const place = { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
  for (const [name, part] of Object.entries(place)) {
    const field = document.querySelector(`[data-pin="${name}"]`);
    if (!field) return;
    field.closest('details').open = true;
    field.value = Math.round(part * 100);
    field.dispatchEvent(new Event('change', { bubbles: true }));
  }
});
