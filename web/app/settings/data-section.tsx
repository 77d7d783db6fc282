import { useNavigate } from "@remix-run/react";
import { Download } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { readJson } from "../api/client.ts";
import type { Deletion } from "../api/shapes.ts";
import { chooseTenant, workspaceNames } from "../api/tenant-choice.ts";
import { Button, buttonStyle } from "../components/ui/button.tsx";
import { DeleteDialog } from "../deletion/delete-dialog.tsx";
import { Section } from "./section.tsx";
import { useSettings } from "./settings-frame.tsx";

/** Taking everything out, and ending the workspace with all that is stored of it. */
export function DataSection() {
  const { t } = useTranslation("settings");
  const { me, tenant } = useSettings();
  return (
    <>
      <Section title={t("export.title")}>
        <p className="max-w-prose text-soft">{t("export.hint")}</p>
        {me.role === "member" ? (
          <p className="font-medium">{t("export.managersOnly")}</p>
        ) : (
          // The browser saves it as it comes; the session's cookie goes along.
          <a
            href={`/api/v1/tenants/${tenant.id}/export`}
            download
            className={`${buttonStyle()} justify-self-start`}
          >
            <Download aria-hidden="true" />
            {t("export.act")}
          </a>
        )}
      </Section>
      <Erasure />
    </>
  );
}

function Erasure() {
  const { t } = useTranslation("settings");
  const { me, tenant } = useSettings();
  const navigate = useNavigate();
  const [isAsking, setAsking] = useState(false);
  const erase = async () => {
    const body = { name: tenant.name };
    await readJson<Deletion>(`/tenants/${tenant.id}`, { method: "DELETE", body });
    // Whatever is asked for next is another workspace's.
    chooseTenant(null);
    workspaceNames.noteChange();
    navigate(`/erased/${tenant.id}`, { replace: true });
  };
  return (
    <Section title={t("erase.title")}>
      <p className="max-w-prose text-soft">{t("erase.hint")}</p>
      {me.role === "owner" ? (
        <Button className="justify-self-start text-red" onClick={() => setAsking(true)}>
          {t("erase.act")}
        </Button>
      ) : (
        <p className="font-medium">{t("erase.ownersOnly")}</p>
      )}
      {isAsking && (
        <DeleteDialog
          title={t("erase.dialogTitle", { name: tenant.name })}
          name={tenant.name}
          effect={
            <>
              <ul className="list-disc ps-5">
                <li>{t("erase.effects.content")}</li>
                <li>{t("erase.effects.access")}</li>
                <li>{t("erase.effects.paying")}</li>
              </ul>
              <p>{t("erase.stays")}</p>
            </>
          }
          act={t("erase.confirm")}
          onClose={() => setAsking(false)}
          onDelete={erase}
        />
      )}
    </Section>
  );
}
