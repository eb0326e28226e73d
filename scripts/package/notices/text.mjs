// From the parts to one text: each licence once, with all that came under it.

const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction, including
without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the
following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial
portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT
LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO
EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER
IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR
THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

const BSD_3 = `Redistribution and use in source and binary forms, with or without modification, are permitted provided
that the following conditions are met:

1. Redistributions of source code must retain the above copyright notice, this list of conditions and the
   following disclaimer.
2. Redistributions in binary form must reproduce the above copyright notice, this list of conditions and the
   following disclaimer in the documentation and/or other materials provided with the distribution.
3. Neither the name of the copyright holder nor the names of its contributors may be used to endorse or
   promote products derived from this software without specific prior written permission.

THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR IMPLIED
WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A
PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE FOR ANY
DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO,
PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR
OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH
DAMAGE.`;

/** Licences whose text names no author: where a part brings none, another part's is the same. */
const SAME_FOR_ALL = {
  'Apache-2.0': /^\s*Apache License\s+Version 2\.0/,
  'BSL-1.0': /^\s*Boost Software License - Version 1\.0/,
  'MPL-2.0': /^\s*Mozilla Public License,? Version 2\.0/i,
};

/** The ids of a licence's expression; `/` is an older spelling of OR. */
const ids = (license) => license.split(/\s+(?:OR|AND)\s+|\/|[()]/).filter(Boolean);

const isChoice = ({ license }) => / OR |\//.test(license) && !license.includes(' AND ');

/** The texts that are to be shown of a part: of several licences to choose from, MIT where it is one. */
export function chosen(part) {
  const texts = part.texts.filter(({ text }) => text.trim());
  if (!isChoice(part) || !ids(part.license).includes('MIT')) return texts;
  const without = texts.filter(({ name }) => !/apache|unlicense|zlib|bsl|boost|0bsd|isc|cc0|mpl|bsd/i.test(name));
  return without.some(({ name }) => /mit|licen[cs]e$|licen[cs]e\.(md|txt)$/i.test(name)) ? without : texts;
}

/** The text of a licence for a part that brings none. */
function standing(part, parts) {
  const copyright = `Copyright (c) ${part.authors.join(', ') || `the authors of ${part.name}`}`;
  const known = ids(part.license);
  if (known.includes('MIT')) return `${copyright}\n\n${MIT}`;
  for (const id of known.filter((id) => id in SAME_FOR_ALL)) {
    const lent = parts.flatMap(({ texts }) => texts).find(({ text }) => SAME_FOR_ALL[id].test(text));
    if (lent) return lent.text;
  }
  if (known.includes('BSD-3-Clause')) return `${copyright}\n\n${BSD_3}`;
  throw new Error(`${part.name} ${part.version} (${part.license || 'no licence'}) brings no licence's text, and none is known`);
}

const RULE = '-'.repeat(80);
const lines = (text) => text.replaceAll('\r\n', '\n').replace(/[ \t]+$/gm, '').trim();

/**
 * The whole text.
 * @throws where a part has no licence's text, and none is known.
 */
export function noticesOf(parts) {
  if (parts.length === 0) throw new Error('no part was found');
  const byText = new Map();
  for (const part of parts) {
    const own = chosen(part).map(({ text }) => text);
    for (const text of own.length > 0 ? own : [standing(part, parts)]) {
      const key = lines(text);
      byText.set(key, [...(byText.get(key) ?? []), part]);
    }
  }
  const title = ({ name, version, license, home }) => `${[name, version].filter(Boolean).join(' ')} (${license})${home ? `, ${home}` : ''}`;
  const sections = [...byText].map(([text, of]) => `${RULE}\n${of.map(title).sort().join('\n')}\n\n${text}\n`);
  return (
    'Runwatch contains the work of others. Here is what their licences ask to be shown.\n' +
    `The source of each part is at the address beside its name.\n\n${sections.sort().join('\n')}`
  );
}
