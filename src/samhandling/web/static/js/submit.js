/* A form is sent once: a second press while the first is on its way does nothing. */
(() => {
  "use strict";
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || (form.method || "get").toLowerCase() !== "post") return;
    if (form.dataset.sending) { event.preventDefault(); return; }
    form.dataset.sending = "true";
    if (event.submitter) { event.submitter.setAttribute("aria-busy", "true"); event.submitter.dataset.sending = "true"; }
  });
  // Back in the browser's history shows the page as it was left: let it be sent again.
  window.addEventListener("pageshow", () => {
    for (const sent of document.querySelectorAll("[data-sending]")) { delete sent.dataset.sending; sent.removeAttribute("aria-busy"); }
  });
})();
