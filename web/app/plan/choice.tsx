import { Button } from "../components/ui/button.tsx";

type Props<T extends string> = {
  legend: string;
  options: { value: T; name: string }[];
  value: T;
  onChoose: (value: T) => void;
};

/** One of a few, side by side. */
export function Choice<T extends string>({ legend, options, value, onChoose }: Props<T>) {
  return (
    <fieldset className="flex flex-wrap gap-1 rounded-lg bg-line p-0.5">
      <legend className="sr-only">{legend}</legend>
      {options.map(({ value: own, name }) => (
        <Button
          key={own}
          look={value === own ? "outline" : "quiet"}
          size="small"
          className={value === own ? "border-transparent" : ""}
          aria-pressed={value === own}
          onClick={() => onChoose(own)}
        >
          {name}
        </Button>
      ))}
    </fieldset>
  );
}
