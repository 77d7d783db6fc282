import { useEffect, useState } from "react";

/** Text that survives leaving the page, a reload and an expired session, for as long as the tab is open. */
export function useDraft(key: string): [string, (text: string) => void] {
  const name = `ancre.draft.${key}`;
  const [held, setHeld] = useState({ name, text: "" });
  useEffect(() => setHeld({ name, text: sessionStorage.getItem(name) ?? "" }), [name]);
  const set = (text: string) => {
    setHeld({ name, text });
    if (text === "") sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, text);
  };
  return [held.name === name ? held.text : "", set];
}
