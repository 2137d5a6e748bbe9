// Only where the browser allows it: over https, or on the machine itself. Elsewhere, and should it fail, the studio is a page like any other.
if ("serviceWorker" in navigator) {
  addEventListener("load", () => navigator.serviceWorker.register("worker.js").catch(error => console.info(`The studio cannot be installed: ${error.message}`)));
}

// A browser that would install the studio says so once; the button (css: .install) is there from then on until it is used.
(() => {
  let offer = null;
  const root = document.documentElement;
  const take = event => {
    offer = event;
    root.toggleAttribute("data-installable", event !== null);
  };
  addEventListener("beforeinstallprompt", event => {
    event.preventDefault();
    take(event);
  });
  addEventListener("appinstalled", () => take(null));
  document.addEventListener("click", event => {
    if (offer !== null && event.target.closest?.(".install")) {
      // The offer can be taken once only.
      const taken = offer;
      take(null);
      taken.prompt();
    }
  });
})();
