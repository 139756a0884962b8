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
      let n = () => {
        e.hidden = ![...o].some((a) => a.checked && t.includes(a.value));
      };
      o.forEach((a) => a.addEventListener("change", n)), n();
    });
  }

  // js/location.js
  function c() {
    navigator.geolocation && document.querySelectorAll("[data-locate]").forEach((e) => {
      let t = (a) => document.getElementById(`${e.dataset.locate}-${a}`), o = document.getElementById(`${e.dataset.locate}-located`), n = (a) => {
        o.textContent = a;
      };
      e.hidden = !1, e.addEventListener("click", () => {
        e.disabled = !0, navigator.geolocation.getCurrentPosition((a) => {
          t("lat").value = a.coords.latitude.toFixed(6), t("lng").value = a.coords.longitude.toFixed(6), n(e.dataset.done), e.disabled = !1;
        }, () => {
          n(e.dataset.failed), e.disabled = !1;
        }, { enableHighAccuracy: !0, timeout: 15e3 });
      });
    });
  }

  // js/files.js
  var m = (e) => (e / 1048576).toFixed(1);
  function f(e, t) {
    let o = document.createElement("li");
    if (e.type.startsWith("image/")) {
      let a = document.createElement("img");
      a.src = URL.createObjectURL(e), a.alt = "", o.append(a);
    }
    let n = e.size > Number(t.dataset.largest);
    return o.append(`${e.name} (${m(e.size)} MB)`), n && (o.className = "too-large", o.append(` ${t.dataset.tooLarge}`)), o;
  }
  function i() {
    document.querySelectorAll("input[type=file][data-largest]").forEach((e) => {
      let t = document.createElement("ul");
      t.className = "previews", t.setAttribute("aria-live", "polite"), e.after(t), e.addEventListener("change", () => {
        t.replaceChildren(...[...e.files].map((o) => f(o, e)));
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

  // js/sala.js
  var u;
  (u = document.querySelector(".error-summary")) == null || u.focus();
  r();
  s();
  c();
  i();
  d();
  l();
})();
