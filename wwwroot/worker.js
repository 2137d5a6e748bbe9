// Makes the studio installable. It keeps one page, the one that says that the studio cannot be reached; nothing else is ever answered from here.
const kept = "offline-1";
const page = "offline.html";

self.addEventListener("install", event => event.waitUntil(caches.open(kept).then(cache => cache.add(new Request(page, { cache: "reload" }))).then(() => self.skipWaiting())));

self.addEventListener("activate", event => event.waitUntil(
  caches.keys().then(names => Promise.all(names.filter(name => name !== kept).map(name => caches.delete(name)))).then(() => self.clients.claim())));

self.addEventListener("fetch", event => {
  if (event.request.mode === "navigate") {
    event.respondWith(fetch(event.request).catch(() => caches.match(page)));
  }
});
