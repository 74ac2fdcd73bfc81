"""Writes vectorizer-golden.json: what scikit-learn's TfidfVectorizer gives by its documentation, for a few documents.

scikit-learn itself was not at hand; this is a restatement of its documented formulas with Python's own regular
expressions, case mapping and arithmetic, and shares nothing with the C# code:
  tokens      re.findall(r"(?u)\\b\\w\\w+\\b") of the lower-cased (and, with strip_accents='unicode', NFKD-decomposed and
              mark-free) text; analyzer='char_wb': n-grams of every word with a blank put at either side
  df limits   min_df <= df <= max_df * n
  idf(t)      ln((1 + n) / (1 + df(t))) + 1 with smooth_idf, ln(n / df(t)) + 1 without
  tf(t, d)    1 + ln(count) with sublinear_tf, count without
  norm        l2
  columns     the terms in the order of their code points
"""
import json
import math
import re
import unicodedata

DOCUMENTS = [
    "The commission, having regard to the treaty, adopts the regulation of the treaty.",
    "Règlement de la Commission du 3 mai 1994 — règlement no 1072/94",
    "Die Größe der Bücher: GRÖSSE, Größen und größere Bücher in Köln",
    "Комиссия приняла решение о торговле; решение комиссии",
    "a I x of the of the trade_mark trade-mark under_score 2004 2004 2004",
    "",
    "The treaty the treaty THE TREATY Ελλάδα ελλάδα naïve Ångström façade",
    "regulation of the commission of the commission on trade in bananas; bananas, bananas!",
]
PLAIN = ["the theatre of war", "war and thé pêche", "a theory", "über alles in der welt über"]


def words(text, case):
    if case["lowercase"]:
        text = text.lower()
    if case["foldAccents"]:
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    if case["unit"] == "characters":
        return text.split()
    return re.findall(r"(?u)\b\w\w+\b" if case["minWordLength"] == 2 else r"(?u)\b\w+\b", text)


def terms(text, case):
    tokens, low, high = words(text, case), case["minNgram"], case["maxNgram"]
    if case["unit"] == "words":
        return [" ".join(tokens[i:i + n]) for n in range(low, high + 1) for i in range(len(tokens) - n + 1)]
    found = []
    for token in tokens:
        token = " " + token + " "
        for n in range(low, high + 1):
            found += [token[i:i + n] for i in range(max(1, len(token) - n + 1))]
            if len(token) <= n:
                break
    return found


def solve(case):
    documents = [terms(text, case) for text in case["documents"]]
    n = len(documents)
    df = {}
    for document in documents:
        for term in set(document):
            df[term] = df.get(term, 0) + 1
    vocabulary = sorted(term for term in df if case["minDocuments"] <= df[term] <= case["maxDocumentShare"] * n)
    column = {term: i for i, term in enumerate(vocabulary)}
    idf = {t: 1 + (math.log((1 + n) / (1 + df[t])) if case["smoothIdf"] else math.log(n / df[t])) for t in vocabulary}
    rows = []
    for document in documents:
        counts = {}
        for term in document:
            if term in column:
                counts[term] = counts.get(term, 0) + 1
        weights = {t: (1 + math.log(c) if case["sublinearTf"] else c) * idf[t] for t, c in counts.items()}
        norm = math.sqrt(sum(w * w for w in weights.values())) or 1
        rows.append([[column[t], round(weights[t] / norm, 12)] for t in sorted(weights)])
    return {**case, "terms": vocabulary, "idf": [round(idf[t], 12) for t in vocabulary], "rows": rows}


DEFAULT = dict(documents=DOCUMENTS, unit="words", minNgram=1, maxNgram=1, lowercase=True, foldAccents=False, minWordLength=2,
               minDocuments=1, maxDocumentShare=1.0, sublinearTf=False, smoothIdf=True)
CASES = [
    dict(DEFAULT, name="scikit-learn's defaults"),
    dict(DEFAULT, name="two words, sublinear, min_df 2", maxNgram=2, minDocuments=2, sublinearTf=True),
    dict(DEFAULT, name="two to three words, no smoothing, max_df 0.4", minNgram=2, maxNgram=3, smoothIdf=False, maxDocumentShare=0.4),
    dict(DEFAULT, name="accents taken off, words of one character", foldAccents=True, minWordLength=1),
    dict(DEFAULT, name="case kept", lowercase=False, sublinearTf=True),
    dict(DEFAULT, name="char_wb 2 to 4", documents=PLAIN, unit="characters", minNgram=2, maxNgram=4, minWordLength=1),
    dict(DEFAULT, name="char_wb 3 to 6, min_df 2, accents taken off", documents=PLAIN, unit="characters", minNgram=3, maxNgram=6,
         minWordLength=1, minDocuments=2, foldAccents=True, sublinearTf=True),
]

with open("vectorizer-golden.json", "w", encoding="utf-8") as file:
    json.dump([solve(case) for case in CASES], file, ensure_ascii=False, separators=(",", ":"))
    file.write("\n")
