import { Outlet } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Limits } from "../frame/limits.tsx";
import { Notices } from "../frame/notices.tsx";
import { Rail } from "../frame/rail.tsx";
import { ImportTrayDoor } from "../imports/import-tray-door.tsx";
import { SourceAside } from "../source/source-aside.tsx";
import { TrailProvider } from "../source/trail.tsx";

/** What stands around every page: the rail at the left, the source at the right when one is open. */
export default function Frame() {
  const { t } = useTranslation("frame");
  return (
    <TrailProvider>
      <a
        href="#content"
        data-screen
        className="fixed top-2 left-2 z-60 -translate-y-20 rounded-lg bg-sea px-4 py-2 text-on-sea focus:translate-y-0"
      >
        {t("skip")}
      </a>
      <div className="flex h-dvh max-sm:flex-col-reverse" data-frame>
        <Rail />
        <div className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface sm:border-l sm:border-line">
          <Notices />
          <Limits />
          <div className="flex min-h-0 flex-1">
            <Outlet />
            <SourceAside />
          </div>
        </div>
      </div>
      <ImportTrayDoor />
    </TrailProvider>
  );
}
