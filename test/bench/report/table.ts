/** A column of a Markdown table: its heading, and whether it holds figures (set to the right). */
export interface Heading {
  readonly title: string;
  readonly figures?: boolean;
}

/** A Markdown table whose columns are aligned in plain text as well. */
export function markdownTable(
  headings: readonly Heading[],
  rows: readonly (readonly string[])[],
): string {
  const titles = headings.map(({ title }) => title);
  const escaped = rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = titles.map((title, column) =>
    Math.max(3, title.length, ...escaped.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) => {
    const padded = headings.map(({ figures = false }, column) => {
      const [cell = '', width = 0] = [cells[column], widths[column]];
      return figures ? cell.padStart(width) : cell.padEnd(width);
    });
    return `| ${padded.join(' | ')} |\n`;
  };
  const rule = headings.map(({ figures = false }, column) => {
    const width = widths[column] ?? 0;
    return figures ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width);
  });
  return line(titles) + line(rule) + escaped.map(line).join('');
}
