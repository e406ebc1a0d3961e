import { join } from 'node:path';
import type { Jobs } from '../measure/jobs.ts';
import type { Missing } from '../report/results.ts';
import { allLines, byPid, type Contestant, noLines, someLines } from './contestants.ts';
import { LABEL } from './labels.ts';
import type { Subject } from './subjects.ts';

/** A program that does what tsmap does, if it is installed. */
interface Peer extends Contestant {
  /** A command that succeeds with output that `says` matches if the peer is installed. */
  readonly probe: readonly string[];
  readonly says?: RegExp;
  readonly absent: string;
}

const PYTHON = '/usr/bin/python3';
const PSUTIL = `import psutil, sys
if len(psutil.Process(int(sys.argv[1])).memory_maps(grouped=False)) < int(sys.argv[2]):
    sys.exit('mappings are missing')`;

const PEERS: readonly Peer[] = [
  pmap(byPid(LABEL.pmap, allLines, ['pmap'])),
  pmap(byPid(LABEL.pmapExtended, allLines, ['pmap', '-x'])),
  pmap(byPid(LABEL.pmapKernel, allLines, ['pmap', '-X'])),
  {
    ...byPid('toybox pmap -x', allLines, ['toybox', 'pmap', '-x']),
    probe: ['toybox', 'pmap', '--help'],
    absent: 'toybox is not installed',
  },
  {
    label: 'psutil memory_maps(grouped=False)',
    command: ({ pid, mappings }) => [PYTHON, '-c', PSUTIL, String(pid), String(mappings)],
    leastLines: noLines,
    probe: [PYTHON, '-c', 'import psutil'],
    absent: `psutil for ${PYTHON} is not installed`,
  },
  {
    // It always reads all processes, so it gets a /proc with a single one.
    label: 'smem -m of this process alone',
    command: ({ proc }) => ['smem', '-m', '-S', proc],
    leastLines: someLines,
    probe: ['smem', '--help'],
    absent: 'smem is not installed',
  },
];

function pmap(contestant: Contestant): Peer {
  const absent = 'pmap of procps-ng is not installed';
  return { ...contestant, probe: ['pmap', '-V'], says: /procps-ng/, absent };
}

/** The way in which smaps is usually read in Node. */
export function idiom(node: string, root: string): Contestant {
  const script = join(root, 'test/bench/programs/idiom.cjs');
  return {
    label: 'split and regex in Node',
    command: ({ pid, mappings }: Subject) => [node, script, String(pid), String(mappings)],
    leastLines: noLines,
  };
}

/** The installed and the missing peers. */
export interface FoundPeers {
  readonly here: readonly Contestant[];
  readonly missing: readonly Missing[];
}

/** Finds out which peers are installed. */
export async function findPeers(jobs: Jobs): Promise<FoundPeers> {
  const here: Peer[] = [];
  const missing: Missing[] = [];
  for (const peer of PEERS) {
    if (await isHere(jobs, peer)) here.push(peer);
    else missing.push({ label: peer.label, reason: peer.absent });
  }
  return { here, missing };
}

async function isHere(jobs: Jobs, { probe, says = /(?:)/ }: Peer): Promise<boolean> {
  try {
    const { status, text } = await jobs.run(probe);
    return status === 0 && says.test(text);
  } catch {
    return false;
  }
}
