import { ClerkProvider, useClerk, useOrganizationList } from "@clerk/clerk-react";
import { useNavigate } from "@remix-run/react";
import { getNonce } from "get-nonce";
import { useEffect } from "react";
import { type Identity, identity } from "../api/identity.ts";
import { backTo } from "./back-to.ts";

/** Loads Clerk's script, which keeps the session's cookie fresh, and lets the rest of the page use it. */
export function ClerkSession({ publishableKey }: { publishableKey: string }) {
  const navigate = useNavigate();
  return (
    <ClerkProvider
      publishableKey={publishableKey}
      nonce={getNonce() ?? ""}
      telemetry={false}
      signInUrl="/sign-in"
      signUpUrl="/sign-up"
      afterSignOutUrl="/sign-in"
      // Without loading the page anew: answers go on being written, and drafts stay.
      routerPush={(to) => navigate(to)}
      routerReplace={(to) => navigate(to, { replace: true })}
    >
      <Bridge />
    </ClerkProvider>
  );
}

function Bridge() {
  const clerk = useClerk();
  const { userMemberships } = useOrganizationList({ userMemberships: { pageSize: 50 } });
  const memberships = userMemberships.data;
  const organization = clerk.organization?.id ?? null;
  useEffect(() => {
    if (!clerk.loaded) return;
    const ways: Identity = {
      token: async () => (await clerk.session?.getToken({ skipCache: true })) ?? null,
      mount(form, element) {
        const returnUrl = backTo(window.location);
        const options = { fallbackRedirectUrl: returnUrl, routing: "path", path: `/${form}` } as const;
        if (form === "sign-in") {
          clerk.mountSignIn(element, { ...options, signUpFallbackRedirectUrl: returnUrl });
          return () => clerk.unmountSignIn(element);
        }
        clerk.mountSignUp(element, { ...options, signInFallbackRedirectUrl: returnUrl });
        return () => clerk.unmountSignUp(element);
      },
      organizations: (memberships ?? []).map(({ organization: { id, name } }) => ({ id, name })),
      organization,
      switchTo: (id) => clerk.setActive({ organization: id }),
      openAccount: () => clerk.openUserProfile(),
      signOut: () => clerk.signOut(),
    };
    identity.set(ways);
  }, [clerk, clerk.loaded, memberships, organization]);
  useEffect(() => () => identity.set(null), []);
  return null;
}
