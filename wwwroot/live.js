// A picture in the making that is watched by a link: asks for its newest preview, and for the page when there is none any more.
const picture = document.querySelector('img[data-live]');
if (picture) {
  const turn = setInterval(async () => {
    const answer = await fetch(`${picture.getAttribute('src').split('?')[0]}?at=${Date.now()}`, { cache: 'no-store' }).catch(() => null);
    if (answer?.ok) {
      const before = picture.src;
      picture.src = URL.createObjectURL(await answer.blob());
      URL.revokeObjectURL(before);
    } else if (answer?.status === 404 && picture.dataset.seen) {
      clearInterval(turn);
      location.reload();
    }
    if (answer?.ok) picture.dataset.seen = 'yes';
  }, 1000);
}
