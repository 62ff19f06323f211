"""The page of one listed stone: claims, ask and its history, the same stone elsewhere, and the own edit."""
