// Required before the program: an error that nobody catches, when the program is at work.
setTimeout(() => {
  throw new Error('thrown by a test');
}, 1500);
