export type Organization = { id: string; name: string };

/** What the identity provider's own script can do once it is loaded; without one, as in development, there is none. */
export type Identity = {
  /** A session token that is new, or null for who isn't signed in any more. */
  token(): Promise<string | null>;
  /** Shows the provider's form in an element; the result takes it away. */
  mount(form: "sign-in" | "sign-up", element: HTMLDivElement): () => void;
  /** Those that the reader is a member of, and the one they act for. */
  organizations: Organization[];
  organization: string | null;
  switchTo(organization: string | null): Promise<void>;
  openAccount(): void;
  signOut(): Promise<void>;
};

/** How long a provider's script is waited for before a call is given up as signed out. Milliseconds. */
const PATIENCE_MS = 10_000;

let current: Identity | null = null;
let isExpected = false;
const listeners = new Set<() => void>();

/** The provider as the page knows it, watched by whatever shows who one is. */
export const identity = {
  get: () => current,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
  /** Told that a provider's script is on its way. */
  expect() {
    isExpected = true;
  },
  set(next: Identity | null) {
    current = next;
    for (const listener of listeners) listener();
  },
};

/** A new token, once the provider's script is there; null where there is none, or nobody is signed in. */
export async function freshToken(): Promise<string | null> {
  const known = isExpected ? await arrival() : null;
  return known ? known.token().catch(() => null) : null;
}

function arrival(): Promise<Identity | null> {
  return new Promise((resolve) => {
    const settle = (found: Identity | null) => {
      clearTimeout(timer);
      leave();
      resolve(found);
    };
    const timer = setTimeout(() => settle(null), PATIENCE_MS);
    const leave = identity.subscribe(() => current && settle(current));
    if (current) settle(current);
  });
}
