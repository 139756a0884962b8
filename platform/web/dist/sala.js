(() => {
  // js/send.js
  function r() {
    document.addEventListener("submit", (e) => {
      let t = e.target;
      if (t.method === "post") {
        if (t.dataset.sent) return e.preventDefault();
        t.dataset.sent = "yes";
      }
    }), window.addEventListener("pageshow", () => {
      document.querySelectorAll("form[data-sent]").forEach((e) => delete e.dataset.sent);
    });
  }

  // js/conditional.js
  function s() {
    document.querySelectorAll("[data-visible-question]").forEach((e) => {
      let t = e.dataset.visibleValues.split(" "), o = document.querySelectorAll(`input[name="${CSS.escape(e.dataset.visibleQuestion)}"]`);
      if (!o.length) return;
      let a = () => {
        e.hidden = ![...o].some((n) => n.checked && t.includes(n.value));
      };
      o.forEach((n) => n.addEventListener("change", a)), a();
    });
  }

  // js/location.js
  function i() {
    navigator.geolocation && document.querySelectorAll("[data-locate]").forEach((e) => {
      let t = (n) => document.getElementById(`${e.dataset.locate}-${n}`), o = document.getElementById(`${e.dataset.locate}-located`), a = (n) => {
        o.textContent = n;
      };
      e.hidden = !1, e.addEventListener("click", () => {
        e.disabled = !0, navigator.geolocation.getCurrentPosition((n) => {
          t("lat").value = n.coords.latitude.toFixed(6), t("lng").value = n.coords.longitude.toFixed(6), a(e.dataset.done), e.disabled = !1;
        }, () => {
          a(e.dataset.failed), e.disabled = !1;
        }, { enableHighAccuracy: !0, timeout: 15e3 });
      });
    });
  }

  // js/files.js
  var f = (e) => (e / 1048576).toFixed(1);
  function p(e, t) {
    let o = document.createElement("li");
    if (e.type.startsWith("image/")) {
      let n = document.createElement("img");
      n.src = URL.createObjectURL(e), n.alt = "", o.append(n);
    }
    let a = e.size > Number(t.dataset.largest);
    return o.append(`${e.name} (${f(e.size)} MB)`), a && (o.className = "too-large", o.append(` ${t.dataset.tooLarge}`)), o;
  }
  function c() {
    document.querySelectorAll("input[type=file][data-largest]").forEach((e) => {
      let t = document.createElement("ul");
      t.className = "previews", t.setAttribute("aria-live", "polite"), e.after(t), e.addEventListener("change", () => {
        t.replaceChildren(...[...e.files].map((o) => p(o, e)));
      });
    });
  }

  // js/leaving.js
  function d() {
    let e = !1;
    document.addEventListener("input", (t) => {
      t.target.closest("form[method=post]") && (e = !0);
    }), document.addEventListener("submit", () => {
      e = !1;
    }), window.addEventListener("beforeunload", (t) => {
      e && t.preventDefault();
    });
  }

  // js/menus.js
  function l() {
    let e = () => document.querySelector("details.menu[open]");
    document.addEventListener("keydown", (t) => {
      let o = e();
      t.key !== "Escape" || !o || (o.open = !1, o.querySelector("summary").focus());
    }), document.addEventListener("click", (t) => {
      let o = e();
      o && !o.contains(t.target) && (o.open = !1);
    });
  }

  // js/print.js
  function u() {
    document.querySelectorAll("[data-print]").forEach((e) => {
      e.hidden = !1, e.addEventListener("click", () => window.print());
    });
  }

  // js/sala.js
  var m;
  (m = document.querySelector(".error-summary")) == null || m.focus();
  r();
  s();
  i();
  c();
  d();
  l();
  u();
})();
