import { Link, useLocation } from "@remix-run/react";
import { CloudOff, KeyRound, type LucideIcon } from "lucide-react";
import { type ReactNode, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { readJson } from "../api/client.ts";
import { session } from "../api/session.ts";
import { Button, buttonStyle } from "../components/ui/button.tsx";
import { useIdentity } from "../session/use-identity.ts";

/** What keeps the whole page from working: no network, or a session that has ended. */
export function Notices() {
  const { t } = useTranslation("frame");
  const isOnline = useSyncExternalStore(
    watchNetwork,
    () => navigator.onLine,
    () => true,
  );
  const identity = useIdentity();
  const { pathname, search } = useLocation();
  const signInPath = `/sign-in?redirect_url=${encodeURIComponent(pathname + search)}`;
  const isExpired = useSyncExternalStore(session.subscribe, session.isExpired, () => false);
  return (
    <div role="status" data-screen>
      {!isOnline && (
        <Notice icon={CloudOff}>
          <strong>{t("offlineTitle")}</strong> {t("offline")}
        </Notice>
      )}
      {isOnline && isExpired && (
        <Notice icon={KeyRound}>
          <strong>{t("expiredTitle")}</strong> {t("expired")}{" "}
          {/* Any call that succeeds takes the notice away. */}
          {identity ? (
            <Link to={signInPath} className={buttonStyle({ size: "small" })}>
              {t("signIn")}
            </Link>
          ) : (
            <Button size="small" onClick={() => void readJson("/tenants").catch(() => undefined)}>
              {t("goOn")}
            </Button>
          )}
        </Notice>
      )}
    </div>
  );
}

function Notice({ icon: Icon, children }: { icon: LucideIcon; children: ReactNode }) {
  return (
    <div className="flex items-center gap-3 border-b border-line bg-amber-wash px-4 py-2.5 text-sm">
      <Icon className="size-4 shrink-0 text-amber" aria-hidden="true" />
      <p>{children}</p>
    </div>
  );
}

function watchNetwork(listener: () => void): () => void {
  const controller = new AbortController();
  window.addEventListener("online", listener, { signal: controller.signal });
  window.addEventListener("offline", listener, { signal: controller.signal });
  return () => controller.abort();
}
