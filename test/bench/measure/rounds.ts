/**
 * Runs all in turns: each round runs each once, and begins with another one, so that none always
 * follows the same one. Returns for each the results of its runs.
 */
export async function inTurns<Runner, Outcome>(
  runners: readonly Runner[],
  rounds: number,
  run: (runner: Runner) => Promise<Outcome>,
): Promise<Map<Runner, Outcome[]>> {
  const outcomes = new Map<Runner, Outcome[]>(runners.map((runner) => [runner, []]));
  for (let round = 0; round < rounds; round++) {
    const first = round % Math.max(1, runners.length);
    for (const runner of [...runners.slice(first), ...runners.slice(0, first)]) {
      outcomes.get(runner)?.push(await run(runner));
    }
  }
  return outcomes;
}
