// Asks for a token, tries it, and keeps it for this tab.

import { at, get, token } from "../api.js";
import { h, put } from "../dom.js";

export function login(place, known) {
  const field = h("input", { id: "token", type: "password", autocomplete: "off", spellcheck: "false", required: true });
  const outcome = h("div", { role: "alert" });
  const button = h("button", { class: "first", type: "submit" }, "Sign in");
  const form = h(
    "form",
    {
      on: {
        submit: async event => {
          event.preventDefault();
          button.disabled = true;
          token.set(field.value.trim());
          try {
            known(await get(at`/caller`));
          } catch (error) {
            token.clear();
            put(
              outcome,
              h(
                "p",
                { class: "notice grave" },
                error.status === 401 ? "The server does not know this token." : error.message,
              ),
            );
            button.disabled = false;
            field.select();
          }
        },
      },
    },
    h("label", { for: "token" }, "Token"),
    field,
    button,
    outcome,
  );
  document.title = "Sign in · Ivim";
  put(
    place,
    h(
      "div",
      { class: "login" },
      h(
        "div",
        { class: "panel" },
        h("img", { src: "/ui/icon.svg", alt: "" }),
        h("h1", {}, "Ivim"),
        h("p", { class: "soft" }, "Sign in with a line of the server's token file. It is kept for this tab only."),
        form,
      ),
    ),
  );
  field.focus();
}
