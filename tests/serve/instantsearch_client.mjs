// What InstantSearch does without a page: its helper asks, instant-meilisearch translates and sends.
// Lines of JSON come in, {options, index, parameters, steps, facets, values}, and one goes out for each.
import readline from 'node:readline'
import algoliasearchHelper from 'algoliasearch-helper'
import { instantMeiliSearch } from '@meilisearch/instant-meilisearch'

const [address] = process.argv.slice(2)
console.error = () => {} // errors are answers here

async function answer({ options, index, parameters, steps, facets, values, raw }) {
  const { searchClient } = instantMeiliSearch(address, '', { primaryKey: 'id', ...options })
  if (raw) return await searchClient.search(raw)
  const helper = algoliasearchHelper(searchClient, index, parameters)
  for (const [name, ...what] of steps ?? []) helper[name](...what)
  if (values) {
    const found = await helper.searchForFacetValues(...values)
    return found.facetHits.map(({ value, count }) => [value, count])
  }
  const { content } = await new Promise((resolve, reject) => {
    helper.on('result', (event) => resolve({ content: event.results }))
    helper.on('error', ({ error }) => reject(error))
    helper.search()
  })
  return {
    ids: content.hits.map((hit) => hit.objectID),
    hits: content.hits,
    total: content.nbHits,
    pages: content.nbPages,
    page: content.page,
    stats: Object.fromEntries((facets ?? []).map((name) => [name, content.getFacetStats(name)])),
    facets: Object.fromEntries(
      (facets ?? []).map((name) => [
        name,
        Object.fromEntries(
          (content.getFacetValues(name, { sortBy: ['count:desc', 'name:asc'] }) ?? []).map((value) => [
            value.name,
            value.count,
          ])
        ),
      ])
    ),
  }
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  let said
  try {
    said = await answer(JSON.parse(line))
  } catch (error) {
    said = { error: String(error.message ?? error) }
  }
  console.log(JSON.stringify(said))
}
