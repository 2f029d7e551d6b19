"""The model of the benchmark: scikit-learn's LogisticRegression on 30 features, trained on data that scikit-learn ships."""

import json

import numpy as np
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

QUESTIONS = 64


def trained():
    """A LogisticRegression that takes raw features: the scaling is in its coefficients."""
    features, labels = load_breast_cancer(return_X_y=True)
    pipeline = make_pipeline(StandardScaler(), LogisticRegression(max_iter=500)).fit(features, labels)
    scaler, model = pipeline[0], pipeline[1]
    model.intercept_ = model.intercept_ - (model.coef_ * scaler.mean_ / scaler.scale_).sum(axis=1)
    model.coef_ = model.coef_ / scaler.scale_
    return model


def questions():
    """Features, rounded so that each text of JSON is the same number, as lists of floats."""
    features, _ = load_breast_cancer(return_X_y=True)
    return np.round(features[:: len(features) // QUESTIONS][:QUESTIONS], 4).tolist()


def probabilities(model, rows):
    return model.predict_proba(np.asarray(rows))[:, 1]


def to_json(value):
    return json.dumps(value, separators=(",", ":")).encode()
