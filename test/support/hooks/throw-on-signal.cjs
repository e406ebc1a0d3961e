// Loaded with --require: SIGUSR2 then makes the program throw an error that it does not catch.
process.on('SIGUSR2', () => {
  throw new Error('thrown by a test');
});
