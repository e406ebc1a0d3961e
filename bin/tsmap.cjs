#!/usr/bin/env node
require('../dist/tsmap.cjs');
