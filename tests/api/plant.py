"""F1 and a deployment that needs its GPU: small enough to be loaded for every test."""

from pathlib import Path

from graph_service.facts.export import texts_of
from graph_service.facts.files import read_files, read_folder

F1 = texts_of(read_folder(Path(__file__).parents[1] / "data" / "f1"))
PLANT = {
    **F1,
    "deployments.csv": "id,name,mode\ndeployment:plant,Plant,EDGE\n",
    "requirements.csv": F1["requirements.csv"] + "requirement:plant.gpu,deployment:plant,1,,,false,,50,,,\n",
    "alternatives.csv": F1["alternatives.csv"] + "requirement:plant.gpu,component:gpu,1,\n",
}
BUNDLE = read_files(PLANT)
