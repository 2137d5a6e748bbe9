// Only where the browser allows it: over https, or on the machine itself. Elsewhere, and should it fail, the studio is a page like any other.
if ("serviceWorker" in navigator) {
  addEventListener("load", () => navigator.serviceWorker.register("worker.js").catch(error => console.info(`The studio cannot be installed: ${error.message}`)));
}
