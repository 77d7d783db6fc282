import { Link } from "@remix-run/react";
import { cx } from "class-variance-authority";
import { ArrowLeft } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { readJson } from "../api/client.ts";
import type { Deletion } from "../api/shapes.ts";
import { ProblemNote } from "../components/problem-note.tsx";
import { Button } from "../components/ui/button.tsx";
import { Dialog } from "../components/ui/dialog.tsx";
import { DeleteDialog } from "../deletion/delete-dialog.tsx";
import { PageHeader } from "../frame/page-header.tsx";
import { DeletedAssistant } from "./deleted-assistant.tsx";
import { AnswerFields } from "./form/answer-fields.tsx";
import { IdentityFields, ReadingFields } from "./form/identity-fields.tsx";
import { OpeningFields } from "./form/opening-fields.tsx";
import type { EditorData } from "./load-assistants.ts";
import { Preview } from "./preview/preview.tsx";
import { Publish } from "./publish.tsx";
import { type Editor, useEditor } from "./use-editor.ts";

type View = "form" | "preview";

/** An assistant's form and, beside it or behind a switch, a conversation with what the form says. */
export function EditorScreen({ data }: { data: EditorData }) {
  const { t } = useTranslation("assistants");
  const editor = useEditor(data);
  const [view, setView] = useState<View>("form");
  const [isDeleting, setDeleting] = useState(false);
  const [deletion, setDeletion] = useState<Deletion | null>(null);
  const { id, saved, draft, canManage } = editor;
  if (deletion) return <DeletedAssistant name={saved.name} deletion={deletion} />;
  return (
    <main id="content" tabIndex={-1} className="@container flex min-h-0 min-w-0 flex-1 flex-col">
      <PageHeader title={id ? saved.name : t("newTitle")}>
        {canManage && <SaveButton editor={editor} />}
      </PageHeader>
      {canManage && <ViewSwitch view={view} onView={setView} />}
      <div className="grid min-h-0 flex-1 grid-cols-1 @4xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
        {/* Of the two the one last used stays, when a source that opens takes the other's room. */}
        <div
          className={cx("min-h-0 overflow-y-auto", view !== "form" && "@max-4xl:hidden")}
          onFocusCapture={() => setView("form")}
        >
          <form
            className="mx-auto grid max-w-2xl grid-cols-1 gap-8 p-4 sm:p-6"
            onSubmit={(event) => {
              event.preventDefault();
              void editor.save();
            }}
          >
            <Link
              to="/assistants"
              className="flex min-h-6 items-center gap-1.5 justify-self-start text-sm text-soft hover:text-sea"
            >
              <ArrowLeft className="size-4" aria-hidden="true" />
              {t("back")}
            </Link>
            {!canManage && <p className="rounded-xl bg-sunken p-3.5 text-soft">{t("managersOnly")}</p>}
            {editor.problem && <ProblemNote problem={editor.problem} title={t("saveFailed")} />}
            {id && editor.wasMadeHere && <PublishSaved editor={editor} id={id} />}
            <fieldset disabled={!canManage} className="grid min-w-0 grid-cols-1 gap-8">
              <legend className="sr-only">{t("form")}</legend>
              <IdentityFields editor={editor} />
              <ReadingFields editor={editor} collections={data.collections} />
              <AnswerFields editor={editor} />
              <OpeningFields editor={editor} />
            </fieldset>
            {id && canManage && !editor.wasMadeHere && <PublishSaved editor={editor} id={id} />}
            {id && canManage && (
              <Button className="justify-self-start text-red" onClick={() => setDeleting(true)}>
                {t("delete")}
              </Button>
            )}
          </form>
        </div>
        {canManage && (
          <div
            className={cx(
              "flex min-h-0 flex-col border-line @4xl:border-l",
              view !== "preview" && "@max-4xl:hidden",
            )}
            onFocusCapture={() => setView("preview")}
          >
            <Preview draft={draft} draftKey={`preview/${data.assistant?.id ?? "new"}`} />
          </div>
        )}
      </div>
      {editor.guard.isAsking && (
        <Dialog
          open
          onOpenChange={editor.guard.stay}
          title={t("leaveTitle")}
          description={t("leaveEffect")}
          isAlert
        >
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={editor.guard.stay}>{t("stay")}</Button>
            <Button look="danger" onClick={editor.guard.leave}>
              {t("leave")}
            </Button>
          </div>
        </Dialog>
      )}
      {isDeleting && id && (
        <DeleteDialog
          title={t("deleteTitle", { name: saved.name })}
          name={saved.name}
          effect={<p>{t("deleteEffect")}</p>}
          act={t("delete")}
          onClose={() => setDeleting(false)}
          onDelete={async () => {
            const receipt = await readJson<Deletion>(`/assistants/${id}`, { method: "DELETE" });
            editor.guard.leaveFreely();
            setDeletion(receipt);
          }}
        />
      )}
    </main>
  );
}

function PublishSaved({ editor, id }: { editor: Editor; id: string }) {
  const { name, suggested_questions: questions } = editor.saved;
  return <Publish id={id} name={name} question={questions[0]} isNew={editor.wasMadeHere} />;
}

/** Saves, and says how much there is to save. */
function SaveButton({ editor }: { editor: Editor }) {
  const { t } = useTranslation("assistants");
  const { id, changed, state, draft, save } = editor;
  const isNamed = draft.name.trim() !== "";
  const words = () => {
    if (!isNamed) return t("nameNeeded");
    if (changed.length > 0) return id ? t("unsaved", { count: changed.length }) : "";
    return state === "saved" ? t("saved") : "";
  };
  return (
    <>
      <span role="status" className="me-2 text-sm text-soft max-sm:sr-only">
        {words()}
      </span>
      <Button
        look="primary"
        disabled={!isNamed || state === "saving" || (id !== null && changed.length === 0)}
        onClick={() => void save()}
      >
        {state === "saving" ? t("saving") : id ? t("save") : t("create")}
      </Button>
    </>
  );
}

/** Where there is no room for both: the form, or the conversation. */
function ViewSwitch({ view, onView }: { view: View; onView: (view: View) => void }) {
  const { t } = useTranslation("assistants");
  return (
    <div className="flex gap-1 border-b border-line px-4 py-1.5 sm:px-6 @4xl:hidden">
      {(["form", "preview"] as const).map((each) => (
        <Button
          key={each}
          look="quiet"
          aria-pressed={view === each}
          className={cx("flex-1", view === each && "bg-sea-wash text-sea")}
          onClick={() => onView(each)}
        >
          {t(each === "form" ? "form" : "tryIt")}
        </Button>
      ))}
    </div>
  );
}
