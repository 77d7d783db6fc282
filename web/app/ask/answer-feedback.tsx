import { ThumbsDown, ThumbsUp } from "lucide-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Feedback } from "../api/shapes.ts";
import { Button, IconButton } from "../components/ui/button.tsx";

/** Characters the API takes in a comment. */
const MAX_COMMENT_CHARACTERS = 2_000;

type Rating = Feedback["rating"];

/** What the reader thinks of an answer; pressed again it is taken back. */
export function Thumbs({
  rating,
  onRate,
}: {
  rating: Rating | null;
  onRate: (rating: Rating | null) => void;
}) {
  const { t } = useTranslation("ask");
  return (
    <>
      {(
        [
          ["up", ThumbsUp],
          ["down", ThumbsDown],
        ] as const
      ).map(([name, Icon]) => (
        <IconButton
          key={name}
          label={t(`feedback.${name}`)}
          aria-pressed={rating === name}
          className={rating === name ? "text-sea! [&_svg]:fill-current" : ""}
          onClick={() => onRate(rating === name ? null : name)}
        >
          <Icon aria-hidden="true" />
        </IconButton>
      ))}
    </>
  );
}

/** Why the reader thinks so. */
export function CommentForm({ feedback, onSend }: { feedback: Feedback; onSend: (comment: string) => void }) {
  const { t } = useTranslation("ask");
  const [comment, setComment] = useState(feedback.comment ?? "");
  const id = useId();
  return (
    <form
      className="grid gap-2 rounded-xl bg-sunken p-3.5"
      onSubmit={(event) => {
        event.preventDefault();
        onSend(comment.trim());
      }}
    >
      <label className="text-sm font-medium" htmlFor={id}>
        {t(feedback.rating === "up" ? "feedback.wasGood" : "feedback.wasPoor")}
      </label>
      <textarea
        id={id}
        rows={2}
        maxLength={MAX_COMMENT_CHARACTERS}
        value={comment}
        onChange={({ currentTarget }) => setComment(currentTarget.value)}
        className="field-sizing-content max-h-40 w-full resize-none rounded-lg border border-control bg-surface px-3 py-2"
      />
      <Button size="small" type="submit" className="justify-self-end">
        {t("feedback.send")}
      </Button>
    </form>
  );
}
