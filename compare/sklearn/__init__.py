"""compare in scikit-learn: texts to signatures and fingerprints, near-duplicates, and splits without leaks.

>>> from compare.sklearn import NearDuplicates
>>> NearDuplicates().fit_predict(["A pact was signed.", "Nothing else.", "A pact was SIGNED."]).tolist()
[0, -1, 0]

Nothing else of compare imports it, so that `import compare` takes no scikit-learn.
"""

from compare.sklearn.carried import to_datasketch
from compare.sklearn.duplicates import NearDuplicates
from compare.sklearn.leakage import Leakage, group_leakage
from compare.sklearn.splitting import FamilyKFold, family_labels
from compare.sklearn.stored import from_json
from compare.sklearn.vectorizers import MinHashVectorizer, WinnowingVectorizer

__all__ = [
    "FamilyKFold", "Leakage", "MinHashVectorizer", "NearDuplicates", "WinnowingVectorizer", "family_labels",
    "from_json", "group_leakage", "to_datasketch",
]  # fmt: skip
