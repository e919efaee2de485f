/**
 * What is in the bundles: the packages that left code there, their licence texts, and the same list
 * as a bill of materials for scanners, which the package's own metadata, without dependencies, cannot
 * tell.
 */
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { Contrib, Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library';
import { PackageURL } from 'packageurl-js';

/**
 * @param inputs paths of files that left code in a bundle, from `root`
 * @returns their packages, by name and version; each version once, also if it lies in two folders
 */
export async function packagesOf(inputs, root) {
  const folders = new Set();
  for (const input of inputs) {
    const inside = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (inside) folders.add(path.join(root, inside[1]));
  }
  const packages = new Map();
  for (const at of [...folders].sort()) {
    const text = await readFile(path.join(at, 'package.json'), 'utf8');
    const { name, version, license } = JSON.parse(text);
    packages.set(`${name} ${version}`, { at, name, version, license });
  }
  return [...packages].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, each]) => each);
}

/** Their licence texts, one after another. */
export async function licences(packages) {
  const texts = [];
  for (const { at, name, version, license } of packages) {
    const file = (await readdir(at)).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? await readFile(path.join(at, file), 'utf8') : `Licence: ${license}`;
    texts.push(`${name} ${version} (${license})\n\n${text.trim()}\n`);
  }
  return texts.join(`\n${'-'.repeat(72)}\n\n`);
}

/** @returns CycloneDX 1.6 as JSON, without a date or a number of its own: the same for the same build */
export function billOfMaterials(packages, version) {
  const licence = new Contrib.License.Factories.LicenseFactory();
  const component = (type, each) => {
    const [group, name] = /^(@[^/]+)\/(.*)$/.exec(each.name)?.slice(1) ?? [undefined, each.name];
    const purl = new PackageURL('npm', group, name, each.version).toString();
    const licenses = new Models.LicenseRepository([licence.makeFromString(each.license)]);
    return new Models.Component(type, name, {
      ...{ group, version: each.version, purl, bomRef: purl, licenses },
    });
  };
  const own = { name: 'mfa-profile', version, license: 'MIT' };
  const bill = new Models.Bom({
    metadata: new Models.Metadata({
      component: component(Enums.ComponentType.Application, own),
    }),
    components: new Models.ComponentRepository(
      packages.map((each) => component(Enums.ComponentType.Library, each)),
    ),
  });
  const factory = new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6);
  const text = new Serialize.JsonSerializer(factory).serialize(bill, {
    sortLists: true,
    space: 2,
  });
  return `${text}\n`;
}
