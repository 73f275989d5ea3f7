/* Sending a file: shows how much of it has gone. Without this file the form is sent as it is. */
"use strict";
(function () {
  function attach() {
    var form = document.querySelector("[data-upload]");
    if (!form || !window.FormData) return;
    form.addEventListener("submit", function (event) {
      var chosen = Array.prototype.some.call(form.querySelectorAll("input[type=file]"), function (field) { return field.files.length; });
      if (!chosen) return;
      event.preventDefault();
      var place = form.querySelector("[data-sending]");
      var bar = place.querySelector("progress");
      var button = form.querySelector(".btn");
      place.hidden = false;
      button.disabled = true;
      var request = new XMLHttpRequest();
      request.open("POST", form.getAttribute("action") || location.href);
      request.upload.addEventListener("progress", function (sent) {
        if (sent.lengthComputable) bar.value = Math.round(100 * sent.loaded / sent.total);
        if (sent.loaded === sent.total) bar.removeAttribute("value");
      });
      request.addEventListener("load", function () {
        if (request.status < 400 && request.responseURL && request.responseURL !== location.href) { location.href = request.responseURL; return; }
        var page = new DOMParser().parseFromString(request.responseText, "text/html");
        var main = page.querySelector("main");
        if (!main) { form.submit(); return; }
        document.querySelector("main").replaceWith(document.adoptNode(main));
        var wrong = document.querySelector(".errors, [aria-invalid]");
        if (wrong) { wrong.setAttribute("tabindex", "-1"); wrong.focus(); }
        attach();
      });
      request.addEventListener("error", function () { place.hidden = true; button.disabled = false; form.submit(); });
      request.send(new FormData(form));
    });
  }
  attach();
})();
