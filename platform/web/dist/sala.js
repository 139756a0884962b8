// Progressive enhancement only: every page works without this file.
(() => {
  const summary = document.querySelector(".error-summary");
  if (summary) summary.focus();

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  });

  document.querySelectorAll("[data-visible-question]").forEach((field) => {
    const values = field.dataset.visibleValues.split(" ");
    const inputs = document.querySelectorAll(`input[name="${CSS.escape(field.dataset.visibleQuestion)}"]`);
    if (!inputs.length) return;
    const show = () => {
      field.hidden = ![...inputs].some((input) => input.checked && values.includes(input.value));
    };
    inputs.forEach((input) => input.addEventListener("change", show));
    show();
  });

  document.querySelectorAll("[data-locate]").forEach((button) => {
    if (!navigator.geolocation) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      navigator.geolocation.getCurrentPosition((found) => {
        const set = (name, value) => {
          document.getElementById(`${button.dataset.locate}-${name}`).value = value.toFixed(6);
        };
        set("lat", found.coords.latitude);
        set("lng", found.coords.longitude);
        button.textContent = button.dataset.done;
      });
    });
  });
})();
