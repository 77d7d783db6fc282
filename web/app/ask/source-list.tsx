import type { Source } from "../api/shapes.ts";
import { useMessages } from "../i18n/messages.ts";
import { anchorsOfSources, type OpenAnchor, sourceId } from "../source/anchor.ts";
import { usePlace } from "../source/use-place.ts";
import type { Turn } from "./turn.ts";

/** Passages shown after a refusal: enough to see how near they come. */
const NEAREST = 3;

type Props = {
  turn: Turn;
  opened: OpenAnchor | null;
  onOpen: (anchor: OpenAnchor) => void;
  isUnfolded: boolean;
};

/** The passages that the model was given; after a refusal they are what came nearest. */
export function SourceList({ turn, opened, onOpen, isUnfolded }: Props) {
  const t = useMessages();
  const { id } = turn;
  const sources = turn.refused ? turn.sources.slice(0, NEAREST) : turn.sources;
  const open = (index: number) => onOpen({ anchors: anchorsOfSources(id, sources), index });
  const shown = opened?.anchors[opened.index];
  const openedIndex = shown?.kind === "source" && shown.turnId === id ? opened?.index : null;
  return (
    <details className="sources" open={isUnfolded}>
      <summary>{turn.refused ? t.nearestPassages : t.passagesRead(sources.length)}</summary>
      <ol>
        {sources.map((source, index) => (
          <li key={source.index}>
            <SourceButton
              id={sourceId(id, source.index)}
              source={source}
              isOpen={index === openedIndex}
              onOpen={() => open(index)}
            />
          </li>
        ))}
      </ol>
    </details>
  );
}

function SourceButton({
  id,
  source,
  isOpen,
  onOpen,
}: {
  id: string;
  source: Source;
  isOpen: boolean;
  onOpen: () => void;
}) {
  const place = usePlace();
  return (
    <button type="button" id={id} className="source-button" data-open={isOpen} onClick={onOpen}>
      <span className="source-place">
        {source.filename} · {place(source)}
      </span>
      <span className="source-excerpt" dir="auto">
        {source.excerpt}
      </span>
    </button>
  );
}
