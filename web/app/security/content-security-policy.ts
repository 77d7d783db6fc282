type Besides = {
  /** The development server talks over a web socket. */
  development: boolean;
  /** The origin that signs people in, with what it needs to tell them from robots; null where nobody signs in. */
  signIn: string | null;
};

/** What a page may load: its own files, scripts and styles that carry the nonce, and what signing in takes. */
export function contentSecurityPolicy(nonce: string, { development, signIn }: Besides): string {
  const only = (sources: string) => (signIn === null ? "" : ` ${sources}`);
  const scripts = only(`${signIn} https://challenges.cloudflare.com https://*.protect.clerk.com`);
  const frames = only("https://challenges.cloudflare.com https://*.protect.clerk.com");
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'${scripts}`,
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self' data:${only("https://img.clerk.com")}`,
    "font-src 'self'",
    `worker-src 'self'${only("blob:")}`,
    `connect-src 'self'${development ? " ws:" : ""}${only(`${signIn} https://*.protect.clerk.com:*`)}`,
    `frame-src${frames || " 'none'"}`,
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

export function createNonce(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
}
