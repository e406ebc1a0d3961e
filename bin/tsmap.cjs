#!/usr/bin/env node
require('../dist/program/tsmap.cjs');
