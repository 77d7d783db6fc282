import { Button } from "./button.tsx";

type Props<T extends string> = {
  legend: string;
  value: T;
  options: { value: T; name: string }[];
  onChoose: (value: T) => void;
};

/** One of a few, all in sight. */
export function Choice<T extends string>({ legend, value, options, onChoose }: Props<T>) {
  return (
    <fieldset className="flex flex-wrap gap-1 self-center justify-self-start rounded-lg bg-line p-0.5 max-sm:gap-0 max-sm:[&_button]:px-2">
      <legend className="sr-only">{legend}</legend>
      {options.map((option) => (
        <Button
          key={option.value}
          look={value === option.value ? "outline" : "quiet"}
          size="small"
          className={value === option.value ? "border-transparent" : ""}
          aria-pressed={value === option.value}
          onClick={() => onChoose(option.value)}
        >
          {option.name}
        </Button>
      ))}
    </fieldset>
  );
}
