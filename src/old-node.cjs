/**
 * Read before anything else by the scripts that people start: says in one sentence what is missing, where Node would print a
 * stack. For any Node that is still about, so there is nothing newer than 2009 in it, and no catalogue.
 */
/* oxlint-disable no-var, typescript/no-require-imports, unicorn/prefer-module */
var fs = require('fs');
var path = require('path');

var NEEDED = 24;
var LEFT_OUT =
  'Easel lacks a package that npm left out, for an older Node than 20.9 or as an optional one: ' +
  'run npm exec -c "npm ci --include=optional", then this again.';
var modules = path.join(__dirname, '..', 'node_modules');

/** It is in an optional package for each machine, of which npm takes none that the machine's own Node is too old for. */
function hasSharp() {
  var folder = path.join(modules, '@img');
  if (!fs.existsSync(folder)) return false;
  return fs.readdirSync(folder).some(function (name) {
    return name.indexOf('sharp-') === 0 && name.indexOf('sharp-libvips') !== 0;
  });
}

function missing() {
  var bundled = path.join(modules, 'node');
  if (!fs.existsSync(path.join(modules, 'zod')))
    return 'Easel is not installed yet: run "npm ci", then this again.';
  if (Number(process.versions.node.split('.')[0]) >= NEEDED) return hasSharp() ? undefined : LEFT_OUT;
  var needs = 'Easel needs Node ' + NEEDED + ', and this is Node ' + process.versions.node + ': ';
  if (!fs.existsSync(bundled))
    return needs + 'run "npm ci", which brings it along, or install it from https://nodejs.org.';
  return (
    needs +
    'run "npm rebuild node --ignore-scripts=false", which fetches it into this folder only, then this again.'
  );
}

var sentence = missing();
if (sentence !== undefined) {
  process.stderr.write(sentence + '\n');
  process.exit(1);
}
