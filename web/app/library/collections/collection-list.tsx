import { Link } from "@remix-run/react";
import { cx } from "class-variance-authority";
import { Ellipsis, Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Collection } from "../../api/shapes.ts";
import { NameDialog } from "../../components/name-dialog.tsx";
import { Button, IconButton } from "../../components/ui/button.tsx";
import { Menu, MenuItem } from "../../components/ui/menu.tsx";
import { useQuantities } from "../../i18n/use-quantities.ts";

type Props = {
  collections: Collection[];
  chosen: Collection | null;
  onCreate: (name: string) => Promise<void>;
  onRename: (id: string, name: string) => Promise<void>;
  onRemove: (collection: Collection) => void;
};

/** The collections, and what can be done with each. */
export function CollectionList({ collections, chosen, onCreate, onRename, onRemove }: Props) {
  const { t } = useTranslation("library");
  const [isCreating, setCreating] = useState(false);
  const [renamed, setRenamed] = useState<Collection | null>(null);
  return (
    <nav
      aria-label={t("collections")}
      className="flex shrink-0 gap-1 border-line p-2 max-md:items-center max-md:overflow-x-auto max-md:border-b md:w-56 md:flex-col md:overflow-y-auto md:border-r md:p-3"
    >
      <ul className="flex gap-1 md:flex-col">
        {collections.map((collection) => (
          <Row
            key={collection.id}
            collection={collection}
            isChosen={collection.id === chosen?.id}
            onRename={() => setRenamed(collection)}
            onRemove={() => onRemove(collection)}
          />
        ))}
      </ul>
      <Button size="small" look="quiet" className="md:justify-start" onClick={() => setCreating(true)}>
        <Plus aria-hidden="true" />
        {t("newCollection")}
      </Button>
      {isCreating && (
        <NameDialog
          title={t("newCollection")}
          field={t("collectionField")}
          act={t("createCollection")}
          onClose={() => setCreating(false)}
          onSave={onCreate}
        />
      )}
      {renamed && (
        <NameDialog
          title={t("renameTitle")}
          field={t("collectionField")}
          act={t("saveName")}
          name={renamed.name}
          onClose={() => setRenamed(null)}
          onSave={(name) => onRename(renamed.id, name)}
        />
      )}
    </nav>
  );
}

type RowProps = { collection: Collection; isChosen: boolean; onRename: () => void; onRemove: () => void };

function Row({ collection: { id, name, documents_count }, isChosen, onRename, onRemove }: RowProps) {
  const { t } = useTranslation("library");
  const { number } = useQuantities();
  return (
    <li className={cx("flex items-center rounded-lg", isChosen ? "bg-sea-wash text-sea" : "hover:bg-sunken")}>
      <Link
        to={`/library?collection=${id}`}
        aria-current={isChosen ? "page" : undefined}
        className={cx(
          "flex min-h-10 min-w-0 flex-1 items-center gap-2 rounded-lg px-2.5 max-md:whitespace-nowrap pointer-coarse:min-h-11",
          isChosen && "font-medium",
        )}
      >
        <span
          className="min-w-0 flex-1 max-md:max-w-48 max-md:truncate md:my-1.5 md:line-clamp-2 md:leading-snug"
          title={name}
        >
          {name}
        </span>
        <span className="text-xs text-soft">{number(documents_count)}</span>
      </Link>
      {isChosen && (
        <Menu
          align="end"
          trigger={
            <IconButton label={t("collectionActions", { name })}>
              <Ellipsis aria-hidden="true" />
            </IconButton>
          }
        >
          <MenuItem onSelect={onRename}>
            <Pencil aria-hidden="true" />
            {t("renameCollection")}
          </MenuItem>
          <MenuItem onSelect={onRemove} isDanger>
            <Trash2 aria-hidden="true" />
            {t("deleteCollection")}
          </MenuItem>
        </Menu>
      )}
    </li>
  );
}
