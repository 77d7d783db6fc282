import { useRouteLoaderData } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { AnchorMark } from "../components/anchor-mark.tsx";
import { ProblemPage } from "../components/problem-page.tsx";
import { Skeleton } from "../components/ui/skeleton.tsx";
import type { loader } from "../root.tsx";
import { useIdentity } from "./use-identity.ts";

/** The provider's own form in our frame; where nobody signs in it says so. */
export function SignInScreen({ form }: { form: "sign-in" | "sign-up" }) {
  const { t } = useTranslation("frame");
  const canSignIn = (useRouteLoaderData<typeof loader>("root")?.signIn ?? null) !== null;
  const identity = useIdentity();
  const place = useRef<HTMLDivElement>(null);
  const mount = identity?.mount;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the form stays while what else is known of the reader changes
  useEffect(() => {
    if (place.current && mount) return mount(form, place.current);
  }, [mount === undefined, form]);
  if (!canSignIn) return <ProblemPage title={t("noSignInTitle")} hint={t("noSignIn")} />;
  return (
    <main id="content" tabIndex={-1} className="grid min-h-dvh place-items-center bg-sunken p-4">
      <div className="grid justify-items-center gap-6">
        <h1 className="flex items-center gap-2 text-2xl font-semibold">
          <AnchorMark className="size-9" />
          {t(form === "sign-in" ? "signIn" : "signUp")}
        </h1>
        {!identity && (
          <div role="status" aria-label={t("loading", { ns: "everywhere" })}>
            <Skeleton className="h-96 w-[min(25rem,90vw)]" />
          </div>
        )}
        <div ref={place} data-sign-in />
      </div>
    </main>
  );
}
