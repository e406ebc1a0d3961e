// Loaded with --require: leaves the peak of resident memory, in KiB, in the file PEAK_MEMORY_FILE.
// VmHWM and not getrusage(2), whose maximum still counts the process that started this one.
const { readFileSync, writeFileSync } = require('node:fs');

process.on('exit', () => {
  const [, peak] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  writeFileSync(process.env.PEAK_MEMORY_FILE, String(peak));
});
