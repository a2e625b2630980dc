// Run after every `npm install`. Adds to package-lock.json the optional packages of other platforms that the registry
// in use does not carry: without them `npm ci` calls the lock out of step, with them it skips them by `os` and `cpu`.
import { readFileSync, writeFileSync } from 'node:fs';
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const OS = ['android', 'darwin', 'freebsd', 'linux', 'win32', 'wasm32', 'openharmony', 'sunos', 'aix'];
const CPU = {
  arm64: 'arm64',
  x64: 'x64',
  ia32: 'ia32',
  arm: 'arm',
  'arm-eabi': 'arm',
  'arm-gnueabihf': 'arm',
  'arm-musleabihf': 'arm',
  ppc64: 'ppc64',
  s390x: 's390x',
  riscv64: 'riscv64',
  loong64: 'loong64',
  wasm32: 'wasm32',
};
const added = [];
for (const [path, p] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(p.optionalDependencies ?? {})) {
    let at = path,
      found = false;
    for (;;) {
      if (lock.packages[`${at === '' ? '' : at + '/'}node_modules/${name}`]) {
        found = true;
        break;
      }
      if (at === '') break;
      const i = at.lastIndexOf('/node_modules/');
      at = i === -1 ? '' : at.slice(0, i);
    }
    if (found) continue;
    const os = OS.find((o) => new RegExp(`(^|[-/])${o}(-|$)`).test(name));
    const cpuKey = Object.keys(CPU)
      .sort((a, b) => b.length - a.length)
      .find((c) => new RegExp(`-${c}(-|$)`).test(name));
    const version = range.replace(/^[\^~]/, '');
    const entry = { version, optional: true };
    if (p.dev) entry.dev = true;
    if (cpuKey) entry.cpu = [CPU[cpuKey]];
    if (os && os !== 'wasm32') entry.os = [os];
    lock.packages[`node_modules/${name}`] = entry;
    added.push(`${name}@${version} ${os}/${CPU[cpuKey]} (${path})`);
  }
}
const [root, ...rest] = Object.entries(lock.packages);
lock.packages = Object.fromEntries([root, ...rest.sort(([a], [b]) => a.localeCompare(b, 'en'))]);
writeFileSync('package-lock.json', JSON.stringify(lock, null, 2) + '\n');
console.log(added.join('\n'));
